import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PROGRAM = ['/usr/sbin/slapd', '/usr/libexec/slapd'].find((path) => existsSync(path))
export const hasOpenLdap = PROGRAM !== undefined && existsSync('/etc/ldap/schema/inetorgperson.schema')

export interface OpenLdap {
  url: string
  /** PEM of the authority that vouches for the server's certificate. */
  authority: string
  stop(): Promise<void>
}

/**
 * Debian's slapd on loopback with the entries of `ldif` and its own certificate for 127.0.0.1. It finds people for those
 * alone who bind, takes a name without password for nobody in particular, as badly set up directories do, and keeps `memberOf`.
 */
export async function openOpenLdap(ldif: string): Promise<OpenLdap> {
  const folder = mkdtempSync(join(tmpdir(), 'vesalius-slapd-'))
  const data = join(folder, 'data')
  mkdirSync(data)
  makeCertificate(folder)
  const settings = join(folder, 'slapd.conf')
  writeFileSync(settings, settingsFor(folder, data))
  writeFileSync(join(folder, 'entries.ldif'), ldif)
  execFileSync('/usr/sbin/slapadd', ['-q', '-f', settings, '-l', join(folder, 'entries.ldif')], { stdio: 'pipe' })
  const port = await freePort()
  const url = `ldap://127.0.0.1:${port}`
  // `-d 0` keeps it in the foreground.
  const server = spawn(PROGRAM ?? '', ['-f', settings, '-h', url, '-d', '0'], { stdio: 'ignore' })
  await untilOpen(port, server)
  return {
    url,
    authority: readFileSync(join(folder, 'certificate.pem'), 'utf8'),
    stop: async () => {
      const ended = once(server, 'exit')
      server.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function makeCertificate(folder: string): void {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const names = ['-subj', '/CN=directory', '-addext', 'subjectAltName=IP:127.0.0.1']
  execFileSync('openssl', ['req', ...kind, ...names, '-keyout', key, '-out', certificate], { stdio: 'pipe' })
}

function settingsFor(folder: string, data: string): string {
  const schemas = ['core', 'cosine', 'inetorgperson', 'nis'].map((name) => `include /etc/ldap/schema/${name}.schema`)
  return `${schemas.join('\n')}
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload memberof
TLSCertificateFile ${join(folder, 'certificate.pem')}
TLSCertificateKeyFile ${join(folder, 'key.pem')}
allow bind_anon_cred
database mdb
suffix "dc=clinic"
directory ${data}
access to attrs=userPassword by anonymous auth by * none
access to * by users read by anonymous auth by * none
overlay memberof
`
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

async function untilOpen(port: number, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`slapd ended with ${server.exitCode}`)
    const socket = connect(port, '127.0.0.1')
    const isOpen = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false)
    socket.destroy()
    if (isOpen) return
    await new Promise((soon) => setTimeout(soon, 25))
  }
  throw new Error('slapd does not answer')
}
