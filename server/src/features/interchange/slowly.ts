const PAUSE_MS = 500

/** At most two calls a second; those between are left out. */
export function slowly<Value>(call: (value: Value) => unknown): (value: Value) => void {
  let last = 0
  return (value) => {
    const now = Date.now()
    if (now - last < PAUSE_MS) return
    last = now
    call(value)
  }
}
