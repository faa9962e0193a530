import type { AddressInfo } from 'node:net'
import ldap, { type DirectoryEntry, type LdapServer } from './ldapjs.ts'

export interface TestDirectory {
  url: string
  /** By distinguished name; `password` is what binds, and no attribute. */
  entries: Map<string, DirectoryEntry & { password?: string }>
  /** Filters that were asked for. */
  asked: string[]
  close(): void
}

/** A real LDAP server on loopback; whoever did not bind finds nothing. */
export async function openDirectoryServer(): Promise<TestDirectory> {
  const server: LdapServer = ldap.createServer()
  const entries: TestDirectory['entries'] = new Map()
  const asked: string[] = []
  server.bind('', (request, response, next) => {
    const dn = request.dn.toString()
    const entry = [...entries].find(([known]) => sameName(known, dn))?.[1]
    // As servers do: no password is nobody in particular, and no failure.
    if (request.credentials !== '' && entry?.password !== request.credentials)
      return next(new ldap.InvalidCredentialsError())
    response.end()
    return next()
  })
  server.search('dc=clinic', (request, response, next) => {
    asked.push(request.filter.toString())
    if (request.connection.ldap.bindDN.toString() === 'cn=anonymous')
      return next(new ldap.InsufficientAccessRightsError())
    for (const [dn, { password: _, ...attributes }] of entries) {
      const isBelow = sameName(dn, request.dn.toString()) || clean(dn).endsWith(`,${clean(request.dn.toString())}`)
      if (isBelow && request.filter.matches(attributes)) response.send({ dn, attributes })
    }
    response.end()
    return next()
  })
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  const { port } = server.server.address() as AddressInfo
  return { url: `ldap://127.0.0.1:${port}`, entries, asked, close: () => server.close() }
}

const clean = (dn: string) => dn.toLowerCase().replace(/\s*,\s*/g, ',')
const sameName = (a: string, b: string) => clean(a) === clean(b)
