import { z } from 'zod'
import { type GroupRole, isLoopback, readGroupRoles } from '../providers/provider-settings.ts'

/** A directory (LDAP, Active Directory) whose passwords let people in. */
export interface DirectorySettings {
  url: string
  /** Whether a plain connection is turned into an encrypted one before anything is said. */
  startsTls: boolean
  /** Whoever looks people up; null: nobody in particular. */
  bind: { dn: string; password: string } | null
  base: string
  /** Finds one person; `{login}` stands for what was typed. */
  filter: string
  /** The attribute that never changes and is never given to somebody else. */
  subject: string
  trustsMail: boolean
  groupsBase: string | null
  groupRoles: readonly GroupRole[]
  registers: boolean
  label: string
}

const yesNo = (usual: 'yes' | 'no') =>
  z
    .enum(['yes', 'no'])
    .default(usual)
    .transform((text) => text === 'yes')

/** Fields of the settings of the whole, without our prefix. */
export const DIRECTORY_FIELDS = {
  LDAP_URL: z
    .url({ protocol: /^ldaps?$/ })
    .optional()
    .describe('Directory whose passwords let people in: ldaps://host, or ldap://host with LDAP_STARTTLS'),
  LDAP_STARTTLS: yesNo('no').describe('Whether a connection to ldap:// is encrypted before anything is said'),
  LDAP_BIND_DN: z.string().optional().describe('Who looks people up in the directory; nobody in particular if missing'),
  LDAP_BIND_SECRET: z.string().optional().describe('The password of that account of the directory'),
  LDAP_BASE: z.string().optional().describe('Where people are found in the directory'),
  LDAP_FILTER: z
    .string()
    .includes('{login}')
    .default('(|(uid={login})(sAMAccountName={login})(mail={login}))')
    .describe('What finds one person in the directory; {login} stands for what was typed'),
  LDAP_SUBJECT: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]*$/)
    .default('entryUUID')
    .describe('The attribute that never changes: entryUUID, objectGUID in Active Directory'),
  LDAP_TRUST_MAIL: yesNo('no').describe(
    'Whether the mail address in the directory is surely theirs: yes only where people cannot change it there',
  ),
  LDAP_GROUPS_BASE: z.string().optional().describe('Where groups are found, for directories without memberOf'),
  LDAP_GROUP_ROLES: z
    .string()
    .default('')
    .transform(readGroupRoles)
    .describe('Which group gives which role: readers=<organisation id>:annotator, with commas'),
  LDAP_REGISTER: yesNo('yes').describe('Whether somebody of the directory without an account here gets one'),
  LDAP_LABEL: z.string().max(40).default('LDAP').describe('What people call the directory'),
}
const Fields = z.object(DIRECTORY_FIELDS)
type Fields = z.infer<typeof Fields>

/** Null where no directory is named. `problems`: what is wrong, a line each. */
export function readDirectory(fields: Fields): { directory: DirectorySettings | null; problems: string[] } {
  const { LDAP_URL: url, LDAP_BASE: base } = fields
  if (!url) return { directory: null, problems: [] }
  const problems: string[] = []
  if (!base) problems.push('LDAP_BASE: is needed')
  if (!url.startsWith('ldaps:') && !fields.LDAP_STARTTLS && !isLoopback(url)) {
    problems.push('LDAP_URL: use ldaps, or LDAP_STARTTLS=yes')
  }
  const [dn, password] = [fields.LDAP_BIND_DN, fields.LDAP_BIND_SECRET]
  if (Boolean(dn) !== Boolean(password)) problems.push('LDAP_BIND_DN: goes with LDAP_BIND_SECRET')
  return {
    problems,
    directory: {
      url,
      startsTls: fields.LDAP_STARTTLS,
      bind: dn && password ? { dn, password } : null,
      base: base ?? '',
      filter: fields.LDAP_FILTER,
      subject: fields.LDAP_SUBJECT,
      trustsMail: fields.LDAP_TRUST_MAIL,
      groupsBase: fields.LDAP_GROUPS_BASE ?? null,
      groupRoles: fields.LDAP_GROUP_ROLES,
      registers: fields.LDAP_REGISTER,
      label: fields.LDAP_LABEL,
    },
  }
}
