/** Numbers and text as bytes. All floats are little-endian, whatever the machine. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** UTF-8. */
export function textBytes(text: string): Bytes {
  const encoded = new TextEncoder().encode(text);
  const bytes = new Uint8Array(encoded.length);
  bytes.set(encoded);
  return bytes;
}

/** Float32, little-endian. */
export function floatBytes(values: ArrayLike<number>): Bytes {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i]!, true);
  return bytes;
}

/** The inverse of `floatBytes`; what does not fill a float at the end is left out. */
export function bytesToFloats(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) =>
    view.getFloat32(4 * i, true),
  );
}

/** Base64 of any number of bytes. */
export function toBase64(bytes: Uint8Array): string {
  const CHUNK = 0x8000;
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(text);
}

/** @throws DOMException if the text is not Base64. */
export function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
