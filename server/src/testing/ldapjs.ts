import type { Server } from 'node:net'
// @ts-expect-error It brings no types.
import untyped from 'ldapjs'

/** What tests use of `ldapjs`. */
export type DirectoryEntry = Record<string, string | string[]>
type Next = (error?: Error) => void
interface Request {
  dn: { toString(): string }
  credentials: string
  filter: { toString(): string; matches(attributes: DirectoryEntry): boolean }
  connection: { ldap: { bindDN: { toString(): string } } }
}
interface Response {
  end(): void
  send(entry: { dn: string; attributes: DirectoryEntry }): void
}
type Handler = (request: Request, response: Response, next: Next) => void

export interface LdapServer {
  server: Server
  listen(port: number, host: string, done: () => void): void
  close(): void
  bind(dn: string, handle: Handler): void
  search(dn: string, handle: Handler): void
}

export default untyped as {
  createServer(): LdapServer
  InvalidCredentialsError: new () => Error
  InsufficientAccessRightsError: new () => Error
}
