import { Operations } from './generated/operations.ts'
import { type Connection, openSender } from './http.ts'

export type ClientOptions = Connection

/** A Vesalius server as whoever holds the token sees it: one method for each operation of its API. */
export class VesaliusClient extends Operations {
  constructor(options: ClientOptions) {
    super(openSender(options))
  }
}
