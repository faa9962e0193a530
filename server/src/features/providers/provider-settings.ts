import { OrganisationId, OrganisationRole } from '@vesalius/contracts'
import { z } from 'zod'

/** Sign-in services that need no more than a client id and a secret, because their addresses are known. */
export const PRESETS = ['google', 'github', 'gitee', 'wechat', 'dingtalk'] as const
export type Preset = (typeof PRESETS)[number]

/** A sign-in service of the installation: any OpenID Connect issuer, or one of the presets. */
export interface ProviderSettings {
  /** In addresses and in the database: lower case letters and digits. */
  id: string
  label: string
  /** Null: an OpenID Connect issuer with everything discovered. */
  preset: Preset | null
  /** Of OpenID Connect; for GitHub and Gitee the address of an installation of one's own. */
  issuer: string | null
  clientId: string
  clientSecret: string
  scope: string | null
  /** The claim that lists a person's groups. */
  groupsClaim: string
  /** Which role in which organisation a group gives. */
  groupRoles: readonly GroupRole[]
  /** Whether somebody unknown gets an account. */
  registers: boolean
}

export interface GroupRole {
  group: string
  organisationId: OrganisationId
  role: OrganisationRole
}

/** How the directory of the installation is named among the ways to sign in; no service may be called so. */
export const DIRECTORY_ID = 'directory'

const FIELDS = {
  PRESET: z.enum(PRESETS).optional(),
  ISSUER: z
    .url({ protocol: /^https?$/ })
    .refine((issuer) => issuer.startsWith('https:') || isLoopback(issuer), 'use https')
    .optional(),
  CLIENT_ID: z.string(),
  CLIENT_SECRET: z.string(),
  LABEL: z.string().max(40).optional(),
  SCOPE: z.string().max(500).optional(),
  GROUPS_CLAIM: z.string().max(200).default('groups'),
  GROUP_ROLES: z.string().default('').transform(readGroupRoles),
  REGISTER: z
    .enum(['yes', 'no'])
    .default('yes')
    .transform((text) => text === 'yes'),
}
const Fields = z.object(FIELDS)
const VARIABLE = new RegExp(`^SIGN_IN_([A-Z0-9]{1,20})_(${Object.keys(FIELDS).join('|')})$`)

/** Whether a variable (without our prefix) belongs to a sign-in service. */
export const isProviderVariable = (name: string): boolean => VARIABLE.test(name)

/** Reads `SIGN_IN_<NAME>_<FIELD>`. Answers the services and what is wrong with others, a line each. */
export function readProviders(values: Readonly<Record<string, string>>): {
  providers: ProviderSettings[]
  problems: string[]
} {
  const byName = new Map<string, Record<string, string>>()
  for (const [variable, value] of Object.entries(values)) {
    const [, name = '', field = ''] = VARIABLE.exec(variable) ?? []
    if (name) byName.set(name, { ...byName.get(name), [field]: value })
  }
  const providers: ProviderSettings[] = []
  const problems: string[] = []
  for (const [name, fields] of byName) {
    const parsed = Fields.safeParse(fields)
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues)
        problems.push(`SIGN_IN_${name}_${path.join('.')}: ${message}`)
      continue
    }
    const id = name.toLowerCase()
    const preset = parsed.data.PRESET ?? PRESETS.find((known) => known === id) ?? null
    if (id === DIRECTORY_ID) problems.push(`SIGN_IN_${name}_CLIENT_ID: this name is taken`)
    else if (!preset && !parsed.data.ISSUER) problems.push(`SIGN_IN_${name}_ISSUER: is needed`)
    else providers.push(toSettings(id, preset, parsed.data))
  }
  return { providers, problems }
}

function toSettings(id: string, preset: Preset | null, fields: z.infer<typeof Fields>): ProviderSettings {
  return {
    id,
    label: fields.LABEL ?? LABELS[preset ?? ''] ?? id,
    preset,
    issuer: fields.ISSUER?.replace(/\/$/, '') ?? (preset === 'google' ? 'https://accounts.google.com' : null),
    clientId: fields.CLIENT_ID,
    clientSecret: fields.CLIENT_SECRET,
    scope: fields.SCOPE ?? null,
    groupsClaim: fields.GROUPS_CLAIM,
    groupRoles: fields.GROUP_ROLES,
    registers: fields.REGISTER,
  }
}

const LABELS: Readonly<Record<string, string>> = {
  google: 'Google',
  github: 'GitHub',
  gitee: 'Gitee',
  wechat: '微信',
  dingtalk: '钉钉',
}

export function isLoopback(address: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(address).hostname)
}

/** `readers=<organisation id>:annotator, staff=<organisation id>:viewer`; owners are made by people alone. */
export function readGroupRoles(text: string, context: z.core.$RefinementCtx<string>): GroupRole[] {
  return text
    .split(/(?<!\\),/)
    .map((entry) => entry.replaceAll('\\,', ',').trim())
    .filter(Boolean)
    .flatMap((entry) => {
      const [, group = '', organisation, role] = /^(.+)=([^:=]+):([a-z]+)$/.exec(entry) ?? []
      const id = OrganisationId.safeParse(organisation)
      const given = OrganisationRole.exclude(['owner']).safeParse(role)
      if (id.success && given.success) return [{ group: group.trim(), organisationId: id.data, role: given.data }]
      context.addIssue({ code: 'custom', message: `"${entry}" is not group=organisation-id:role` })
      return []
    })
}
