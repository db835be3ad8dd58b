/** Base58 as Tron and Solana write addresses, which Node lacks. Bundled at build time: a community node has no dependencies. */
export { base58 } from '@scure/base';
