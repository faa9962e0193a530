const FRAME = /^(.*)#frame=(\d{1,6})$/s

/** One frame, from 0, of a file that holds several, as a path the decoder knows; the first is the plain path. */
export function frameAddress(file: string, frame: number): string {
  return frame === 0 ? file : `${file}#frame=${frame}`
}

export function readAddress(address: string): { file: string; frame: number } {
  const found = FRAME.exec(address)
  return found ? { file: found[1] ?? '', frame: Number(found[2]) } : { file: address, frame: 0 }
}
