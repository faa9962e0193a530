import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../config.ts'
import { hasOpenLdap, type OpenLdap, openOpenLdap } from '../../testing/openldap.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { askDirectory } from './ask-directory.ts'

const ORGANISATION = '0190a000-0000-7000-8000-00000000000c'
const PEOPLE = 'ou=people,dc=clinic'

const person = (dn: string, uid: string, lines: string[] = []) =>
  [
    `dn: ${dn},${PEOPLE}`,
    ...['objectClass: inetOrgPerson', `uid: ${uid}`, `cn: ${uid}`, 'sn: x', `userPassword: the password of ${uid}`],
    ...[`mail: ${uid}@clinic.example`, ...lines],
  ].join('\n')
const group = (name: string, members: string[]) =>
  [
    `dn: ${name},ou=groups,dc=clinic`,
    'objectClass: groupOfNames',
    ...members.map((dn) => `member: ${dn},${PEOPLE}`),
  ].join('\n')
const LDIF = [
  'dn: dc=clinic\nobjectClass: dcObject\nobjectClass: organization\no: Clinic\ndc: clinic',
  `dn: ${PEOPLE}\nobjectClass: organizationalUnit\nou: people`,
  'dn: ou=groups,dc=clinic\nobjectClass: organizationalUnit\nou: groups',
  'dn: cn=reader,dc=clinic\nobjectClass: person\ncn: reader\nsn: x\nuserPassword: looks people up',
  person('uid=bea', 'bea', [`memberOf: cn=Readers\\2C night,ou=groups,dc=clinic`]),
  person('cn=Roe\\, Carl (chief) *', 'carl', ['cn: Roe, Carl (chief) *']),
  person('uid=李雷', '李雷'),
  ...['twin-1', 'twin-2', 'twin-3'].map((uid) => person(`uid=${uid}`, uid, ['mail: same@clinic.example'])),
  person('uid=keyless', 'keyless').replace(/userPassword:.*\n/, ''),
  `dn: ou=branch,${PEOPLE}\nobjectClass: referral\nobjectClass: extensibleObject\nou: branch\nref: ldap://127.0.0.1:1/ou=branch,dc=elsewhere`,
  group('cn=Readers\\, night', ['uid=bea']).replace('objectClass', 'cn: Readers, night\nobjectClass'),
  group('cn=chiefs', ['cn=Roe\\, Carl (chief) *', 'uid=李雷']),
].join('\n\n')

// `apt-get install slapd` brings it; the same questions are asked of another server in directory.test.ts.
describe.skipIf(!hasOpenLdap)('OpenLDAP, where slapd is installed', () => {
  let directory: OpenLdap
  let test: TestApp
  const authorities = tls.getCACertificates('default')
  const settings = (more: Record<string, string> = {}) => ({
    VESALIUS_LDAP_URL: directory.url,
    VESALIUS_LDAP_STARTTLS: 'yes',
    VESALIUS_LDAP_BIND_DN: 'cn=reader,dc=clinic',
    VESALIUS_LDAP_BIND_SECRET: 'looks people up',
    VESALIUS_LDAP_BASE: PEOPLE,
    VESALIUS_LDAP_GROUPS_BASE: 'ou=groups,dc=clinic',
    VESALIUS_LDAP_GROUP_ROLES: `Readers\\, night=${ORGANISATION}:annotator, chiefs=${ORGANISATION}:admin`,
    ...more,
  })
  const ask = (login: string, password: string, more: Record<string, string> = {}) => {
    const { directory } = readConfig(settings(more))
    if (!directory) throw new Error('no directory is set')
    return askDirectory(directory, login, password)
  }
  const enter = (login: string, password: string) =>
    test.app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: { login, password } })

  beforeAll(async () => {
    directory = await openOpenLdap(LDIF)
    tls.setDefaultCACertificates([...authorities, directory.authority])
    test = await openTestApp({ environment: settings() })
    await signUp(test.app, 'root')
    await test.context.db
      .insertInto('organisations')
      .values({ id: ORGANISATION, name: 'Clinic' } as never)
      .execute()
  })
  afterAll(async () => {
    tls.setDefaultCACertificates(authorities)
    await test?.close()
    await directory?.stop()
  })

  it('lets people in over StartTLS, and groups of both kinds give roles', async () => {
    for (const [login, role] of [
      ['bea', 'annotator'],
      ['carl@clinic.example', 'admin'],
      ['李雷', 'admin'],
    ]) {
      const name = login?.split('@')[0]
      const answer = await enter(login ?? '', `the password of ${name}`)
      expect(answer.statusCode, answer.body).toBe(200)
      const cookie = answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
      const organisations = await test.app.inject({ url: '/api/v1/organisations', headers: { cookie } })
      expect(organisations.json().items, login).toMatchObject([{ name: 'Clinic', role }])
    }
  })

  it('refuses all that is not one person with their password, alike', async () => {
    for (const [login, password] of [
      ['bea', 'wrong'],
      ['nobody', 'x'],
      ['same@clinic.example', 'the password of twin-1'],
      ['keyless', 'x'],
      ['branch', 'x'],
      ...['*', 'bea)(uid=*', '*)(objectClass=*', 'b\\65a', 'bea\0', 'be*'].map((login) => [
        login,
        'the password of bea',
      ]),
    ] as const) {
      const { statusCode, body } = await enter(login ?? '', password ?? '')
      expect([statusCode, JSON.parse(body).code], login).toEqual([401, 'WRONG_CREDENTIALS'])
    }
  })

  it('knows people by what never changes, whatever the place is where they are found', async () => {
    const bea = await ask('bea', 'the password of bea')
    expect(bea).toMatchObject({ email: 'bea@clinic.example', isEmailVerified: false, name: 'bea' })
    expect(bea?.subject).toMatch(/^[0-9a-f]{8}-/)
    expect(new Set(bea?.groups)).toEqual(new Set(['Readers, night']))
    expect((await ask('bea', 'the password of bea', { VESALIUS_LDAP_BASE: 'dc=clinic' }))?.subject).toBe(bea?.subject)
  })

  it('takes a name without a password for nobody, though this directory would not', async () => {
    expect((await enter('bea', '')).statusCode).toBe(422)
    expect(await ask('bea', '')).toBeNull()
  })

  it('says nothing to a server that it does not trust, and follows nobody elsewhere', async () => {
    tls.setDefaultCACertificates(authorities)
    expect((await enter('bea', 'the password of bea')).json().code).toBe('SIGN_IN_FAILED')
    tls.setDefaultCACertificates([...authorities, directory.authority])
    const elsewhere = { VESALIUS_LDAP_BASE: `ou=branch,${PEOPLE}` }
    await expect(ask('bea', 'the password of bea', elsewhere)).rejects.toThrow()
    const strangers = { VESALIUS_LDAP_BIND_SECRET: 'wrong' }
    await expect(ask('bea', 'the password of bea', strangers)).rejects.toThrow()
  })
})
