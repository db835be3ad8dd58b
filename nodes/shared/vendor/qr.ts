/** QR codes and PNG files, both in plain JavaScript: n8n's rules leave neither zlib nor streams. Bundled at build time. */
export { encode as encodeQr } from 'uqr';
export { encode as encodePng } from 'fast-png';
