import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A process that trains: it takes one word a line and answers with one line of JSON. It sleeps between two words. */
export interface Stepper {
  step(): Promise<{ loss: number; milliseconds: number }>
  /** Most memory the process ever held. */
  peakMegabytes(): Promise<number>
  close(): void
}

export async function openStepper(command: string, args: string[]): Promise<Stepper> {
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Threads of the one that waits must sleep while the other is timed.
    env: { ...process.env, OMP_WAIT_POLICY: 'PASSIVE', KMP_BLOCKTIME: '0' },
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ask = async (word: string) => {
    child.stdin.write(`${word}\n`)
    const { value, done } = await lines.next()
    if (done) throw new Error(`${command} ended early`)
    return JSON.parse(value) as { loss: number; milliseconds: number; megabytes: number }
  }
  return {
    step: () => ask('step'),
    peakMegabytes: async () => (await ask('memory')).megabytes,
    close: () => child.kill('SIGKILL'),
  }
}
