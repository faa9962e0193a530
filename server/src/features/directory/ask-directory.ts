import { isIP } from 'node:net'
import { Client, type Entry, InvalidCredentialsError } from 'ldapts'
import type { Identity } from '../providers/identity.ts'
import type { DirectorySettings } from './directory-settings.ts'

const TIMEOUT_MS = 8000

/**
 * Who somebody is in the directory, if the password is theirs; null for a wrong name or password, and where a name fits
 * several people. An empty password never fits: directories take it for no password at all (RFC 4513 §5.1.2).
 * Throws when the directory does not answer.
 */
export async function askDirectory(
  settings: DirectorySettings,
  login: string,
  password: string,
): Promise<Identity | null> {
  if (password === '' || login === '') return null
  const found = await withClient(settings, async (client) => {
    if (settings.bind) await client.bind(settings.bind.dn, settings.bind.password)
    const { searchEntries } = await client.search(settings.base, {
      scope: 'sub',
      filter: settings.filter.replaceAll('{login}', () => escapeFilter(login)),
      attributes: ['*', settings.subject, 'memberOf'],
      explicitBufferAttributes: [settings.subject],
      sizeLimit: 2,
      timeLimit: TIMEOUT_MS / 1000,
    })
    const [entry, another] = searchEntries
    if (!entry || another) return null
    return {
      entry,
      groups: [...textsOf(entry, 'memberOf').map(firstName), ...(await findGroups(client, settings, entry))],
    }
  })
  if (!found || !(await holdsPassword(settings, found.entry.dn, password))) return null
  const { entry, groups } = found
  const email = textsOf(entry, 'mail')[0]?.toLowerCase() ?? null
  return {
    subject: subjectOf(entry, settings.subject),
    email,
    isEmailVerified: email !== null && settings.trustsMail,
    name: textsOf(entry, 'uid')[0] ?? textsOf(entry, 'sAMAccountName')[0] ?? textsOf(entry, 'cn')[0] ?? null,
    groups,
  }
}

/** Proved on a connection of its own, so that nothing is ever asked with the rights of whoever signs in. */
function holdsPassword(settings: DirectorySettings, dn: string, password: string): Promise<boolean> {
  return withClient(settings, async (client) => {
    try {
      await client.bind(dn, password)
      return true
    } catch (error) {
      if (error instanceof InvalidCredentialsError) return false
      throw error
    }
  })
}

async function withClient<Result>(settings: DirectorySettings, ask: (client: Client) => Promise<Result>) {
  const client = new Client({ url: settings.url, timeout: TIMEOUT_MS, connectTimeout: TIMEOUT_MS })
  try {
    if (settings.startsTls) await client.startTLS(certifiedAs(settings.url))
    return await ask(client)
  } finally {
    await client.unbind().catch(() => {})
  }
}

/** Whose certificate is expected; addresses are no server names (RFC 6066 §3). */
function certifiedAs(url: string): { servername: string } | { host: string } {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
  return isIP(host) ? { host } : { servername: host }
}

async function findGroups(client: Client, { groupsBase }: DirectorySettings, entry: Entry): Promise<string[]> {
  if (!groupsBase) return []
  const [dn, uid] = [escapeFilter(entry.dn), escapeFilter(textsOf(entry, 'uid')[0] ?? '')]
  const byName = uid ? `(memberUid=${uid})` : ''
  const { searchEntries } = await client.search(groupsBase, {
    scope: 'sub',
    filter: `(|(member=${dn})(uniqueMember=${dn})${byName})`,
    attributes: ['cn'],
    sizeLimit: 1000,
    timeLimit: TIMEOUT_MS / 1000,
  })
  return searchEntries.flatMap((group) => textsOf(group, 'cn'))
}

/** RFC 4515 §3. */
export function escapeFilter(text: string): string {
  return text.replace(/[\\*()\0]/g, (letter) => `\\${letter.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

/** The value of the first part of a distinguished name, which is how people call a group (RFC 4514 §2.4: `\2C` is a comma). */
function firstName(dn: string): string {
  const value = /^[^=]+=((?:\\.|[^,\\])*)/.exec(dn)?.[1]
  if (value === undefined) return dn
  return value.replace(/((?:\\[\da-f]{2})+)|\\(.)/gi, (_, bytes?: string, letter?: string) =>
    bytes ? Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString('utf8') : (letter ?? ''),
  )
}

function subjectOf(entry: Entry, attribute: string): string {
  const value = attributeOf(entry, attribute)
  const first = Array.isArray(value) ? value[0] : value
  if (first === undefined || first.length === 0) {
    throw new Error(`people in the directory have no attribute "${attribute}": set VESALIUS_LDAP_SUBJECT`)
  }
  if (typeof first === 'string') return first
  const text = first.toString('utf8')
  // Of Active Directory it is 16 bytes that are no text.
  return /^[\x20-\x7e]+$/.test(text) ? text : first.toString('hex')
}

function textsOf(entry: Entry, attribute: string): string[] {
  const value = attributeOf(entry, attribute) ?? []
  return (Array.isArray(value) ? value : [value]).map(String).filter((text) => text !== '')
}

/** Servers write the names of attributes in whatever case. */
function attributeOf(entry: Entry, attribute: string): Entry[string] | undefined {
  const name = Object.keys(entry).find((key) => key.toLowerCase() === attribute.toLowerCase())
  return name === undefined ? undefined : entry[name]
}
