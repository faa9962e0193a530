import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { OUT_OF_MEMORY_EXIT, type PictureReply, type PictureRequest } from './picture-protocol.ts'

const WORKER = fileURLToPath(new URL('./picture-worker.ts', import.meta.url))

/** One decoding child: started on first use, started anew after a crash, killed when a task takes too long. */
export class PictureProcess {
  #child: ChildProcess | null = null

  /** One task at a time. A child that dies of it answers as a file that cannot be decoded. */
  run(request: PictureRequest, timeLimitMs: number): Promise<PictureReply> {
    const child = this.#start()
    return new Promise((resolve) => {
      let isTimedOut = false
      const timer = setTimeout(() => {
        isTimedOut = true
        child.kill('SIGKILL')
      }, timeLimitMs)
      const finish = (reply: PictureReply) => {
        clearTimeout(timer)
        child.off('message', onMessage).off('exit', onExit)
        resolve(reply)
      }
      const onMessage = (reply: unknown) => finish(reply as PictureReply)
      const onExit = (code: number | null) => {
        this.#child = null
        finish(isTimedOut ? TOO_SLOW : code === OUT_OF_MEMORY_EXIT ? TOO_LARGE : CRASHED)
      }
      child.on('message', onMessage).on('exit', onExit)
      child.send(request, (error) => {
        if (error) child.kill('SIGKILL')
      })
    })
  }

  close(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
    return new Promise((resolve) => {
      child.once('exit', () => resolve())
      child.kill('SIGKILL')
    })
  }

  #start(): ChildProcess {
    if (this.#child?.connected) return this.#child
    const child = fork(WORKER, {
      execArgv: [],
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    child.on('error', () => child.kill('SIGKILL'))
    this.#child = child
    return child
  }
}

const TOO_SLOW: PictureReply = { code: 'FILE_DAMAGED', message: 'The picture takes too long to decode.' }
const TOO_LARGE: PictureReply = {
  code: 'FILE_TOO_MANY_PIXELS',
  message: 'The picture takes too much memory to decode.',
}
const CRASHED: PictureReply = { code: 'FILE_DAMAGED', message: 'The picture cannot be decoded: it breaks the decoder.' }
