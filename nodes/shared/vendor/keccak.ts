/** The hash of Ethereum checksums, which Node's crypto lacks. Bundled at build time: a community node has no dependencies. */
export { keccak_256 } from '@noble/hashes/sha3.js';
