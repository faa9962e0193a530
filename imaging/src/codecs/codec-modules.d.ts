/** What we use of the compiled decoders, which come without types. */
interface WasmOptions {
  print(): void
  printErr(): void
}

interface WasmDecoder {
  getEncodedBuffer(length: number): Uint8Array
  getDecodedBuffer(): Uint8Array
  decode(): void
  getFrameInfo(): { width: number; height: number; bitsPerSample: number; componentCount: number; isSigned?: boolean }
  getInterleaveMode?(): number
  delete(): void
}

declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  export default function load(options: WasmOptions): Promise<{ JpegLSDecoder: new () => WasmDecoder }>
}

declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  export default function load(options: WasmOptions): Promise<{ JPEGDecoder: new () => WasmDecoder }>
}

declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  export default function load(options: WasmOptions): Promise<{ J2KDecoder: new () => WasmDecoder }>
}

declare module '@cornerstonejs/codec-openjph/wasmjs' {
  export default function load(options: WasmOptions): Promise<{ HTJ2KDecoder: new () => WasmDecoder }>
}
