import { EventEmitter } from 'node:events'
import type { ProjectId, ServerEvent, UserId } from '@vesalius/contracts'

/** Whoever may see the project, or these people. */
export type Audience = ProjectId | readonly UserId[]
type Listener = (audience: Audience, event: ServerEvent) => void

/** Tells signed-in people what changed. Publish after the commit, never inside the transaction. */
export class EventBus {
  readonly #emitter = new EventEmitter().setMaxListeners(0)
  #forward: Listener = () => {}

  publish(audience: Audience, event: ServerEvent): void {
    this.deliver(audience, event)
    this.#forward(audience, event)
  }

  /** Tells this process alone: of what another one published. */
  deliver(audience: Audience, event: ServerEvent): void {
    this.#emitter.emit('event', audience, event)
  }

  /** Calls `listener` for every event until the returned function is called. */
  subscribe(listener: Listener): () => void {
    this.#emitter.on('event', listener)
    return () => this.#emitter.off('event', listener)
  }

  /** Sends what is published here on to other processes. */
  forwardTo(forward: Listener): void {
    this.#forward = forward
  }

  /** Says that events of other processes may have been missed. */
  reportGap(): void {
    this.#emitter.emit('gap')
  }

  onGap(listener: () => void): () => void {
    this.#emitter.on('gap', listener)
    return () => this.#emitter.off('gap', listener)
  }
}
