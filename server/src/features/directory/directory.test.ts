import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../config.ts'
import { openDirectoryServer, type TestDirectory } from '../../testing/directory-server.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'

const ORGANISATION = '0190a000-0000-7000-8000-00000000000c'
let test: TestApp
let directory: TestDirectory
beforeAll(async () => {
  directory = await openDirectoryServer()
  directory.entries.set('cn=reader,dc=clinic', { password: 'looks people up', cn: 'reader' })
  const person = (uid: string, more: object = {}) =>
    directory.entries.set(`uid=${uid},ou=people,dc=clinic`, {
      password: `the password of ${uid}`,
      ...{ objectclass: 'person', uid, entryuuid: `uuid-${uid}`, mail: `${uid}@clinic.example`, ...more },
    })
  person('bea', { memberof: ['cn=Readers,ou=groups,dc=clinic'] })
  person('carl')
  person('twin', { mail: 'same@clinic.example' })
  person('twin-2', { mail: 'same@clinic.example' })
  directory.entries.set('cn=chiefs,ou=groups,dc=clinic', { cn: 'chiefs', member: 'uid=carl,ou=people,dc=clinic' })
  test = await openTestApp({
    environment: {
      VESALIUS_LDAP_URL: directory.url,
      VESALIUS_LDAP_BIND_DN: 'cn=reader,dc=clinic',
      VESALIUS_LDAP_BIND_SECRET: 'looks people up',
      VESALIUS_LDAP_BASE: 'ou=people,dc=clinic',
      VESALIUS_LDAP_GROUPS_BASE: 'ou=groups,dc=clinic',
      VESALIUS_LDAP_GROUP_ROLES: `Readers=${ORGANISATION}:annotator, chiefs=${ORGANISATION}:admin`,
      VESALIUS_LDAP_LABEL: 'Clinic',
    },
  })
  await signUp(test.app, 'root')
  await test.context.db
    .insertInto('organisations')
    .values({ id: ORGANISATION, name: 'Clinic' } as never)
    .execute()
})
afterAll(async () => {
  await test.close()
  directory.close()
})

const enter = (login: string, password: string) =>
  test.app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: { login, password } })
const get = async (url: string, answer: { cookies: { name: string; value: string }[] }) => {
  const cookie = answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  return (await test.app.inject({ url: `/api/v1${url}`, headers: { cookie } })).json()
}

describe('a directory', () => {
  it('lets people in by its passwords, with projects and the roles that groups give, and knows them again', async () => {
    const first = await enter('bea', 'the password of bea')
    expect(first.statusCode, first.body).toBe(200)
    expect((await get('/projects', first)).items.length).toBeGreaterThan(3)
    expect((await get('/organisations', first)).items).toMatchObject([{ name: 'Clinic', role: 'annotator' }])
    expect((await get('/me/providers', first)).items).toMatchObject([{ label: 'Clinic' }])
    const again = await enter('bea@clinic.example', 'the password of bea')
    expect(again.json().user).toMatchObject({ id: first.json().user.id, username: 'bea' })
    const carl = await enter('carl', 'the password of carl')
    expect((await get('/organisations', carl)).items).toMatchObject([{ role: 'admin' }])
  })

  it('refuses wrong and empty passwords, unknown names, and names that fit several people, all alike', async () => {
    const tries = [
      ['bea', 'wrong'],
      ['bea', ' '],
      ['nobody', 'x'],
      ['same@clinic.example', 'the password of twin'],
    ]
    for (const [login = '', password = ''] of tries) {
      const { statusCode, body } = await enter(login, password)
      expect([statusCode, JSON.parse(body).code], login).toEqual([401, 'WRONG_CREDENTIALS'])
    }
    expect((await enter('bea', '')).statusCode).toBe(422)
  })

  it('is asked for exactly what was typed, whatever that is', async () => {
    for (const login of ['*', 'bea)(uid=*', '*)(objectClass=*', 'b\\65a']) {
      expect((await enter(login, 'the password of bea')).json().code, login).toBe('WRONG_CREDENTIALS')
    }
    expect(directory.asked.some((filter) => /uid=\*\)/.test(filter))).toBe(false)
  })

  it('does not enter an account by its mail address, which people may change there', async () => {
    await signUp(test.app, 'dora')
    await test.context.db.updateTable('users').set({ emailVerified: true }).where('username', '=', 'dora').execute()
    directory.entries.set('uid=eve,ou=people,dc=clinic', {
      password: 'the password of eve',
      ...{ objectclass: 'person', uid: 'eve', entryuuid: 'uuid-eve', mail: 'dora@example.org' },
    })
    expect((await enter('eve', 'the password of eve')).json().code).toBe('SIGN_IN_TO_LINK')
  })

  it('is named with an encrypted connection only, unless it runs on this machine', () => {
    const settings = { VESALIUS_LDAP_BASE: 'dc=x', VESALIUS_LDAP_URL: 'ldap://directory.clinic.example' }
    expect(() => readConfig(settings)).toThrow('use ldaps')
    expect(readConfig({ ...settings, VESALIUS_LDAP_STARTTLS: 'yes' }).directory?.startsTls).toBe(true)
    expect(() => readConfig({ VESALIUS_LDAP_URL: 'ldaps://x.example' })).toThrow('LDAP_BASE')
  })
})
