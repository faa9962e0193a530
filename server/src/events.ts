import { EventEmitter } from 'node:events'
import type { ProjectId, ServerEvent } from '@vesalius/contracts'

/** Tells signed-in people what changed. Publish after the commit, never inside the transaction. */
export class EventBus {
  readonly #emitter = new EventEmitter().setMaxListeners(0)

  publish(projectId: ProjectId, event: ServerEvent): void {
    this.#emitter.emit('event', projectId, event)
  }

  /** Calls `listener` for every event until the returned function is called. */
  subscribe(listener: (projectId: ProjectId, event: ServerEvent) => void): () => void {
    this.#emitter.on('event', listener)
    return () => this.#emitter.off('event', listener)
  }
}
