import type { RemoteAnswer } from '@vesalius/contracts'
import type { Context } from '../../../context.ts'
import type { ImageRow, ProjectRow } from '../../../db/tables.ts'
import type { RemoteServerRow } from '../remote-server.ts'

/** What a client may use. */
export type ClientParts = Pick<Context, 'db' | 'storage' | 'previews' | 'pictures' | 'outgoing' | 'sealKey' | 'config'>

export interface Question {
  project: ProjectRow
  image: ImageRow
  /** Which frame of the image, from 0. */
  frame: number
  server: RemoteServerRow
  signal?: AbortSignal | undefined
}

/** A protocol in which a server answers at once. Throws AppError where it cannot be asked or does not answer usably. */
export interface Client {
  ask(parts: ClientParts, question: Question): Promise<ClientAnswer>
}

export interface ClientAnswer {
  answer: RemoteAnswer
  /** The beginning of what came back, for the person who sets it up. */
  said: string
}
