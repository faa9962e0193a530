import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

export interface OpenIdServer {
  issuer: string
  /** Who signs in there by which name. */
  people: Map<string, Record<string, unknown>>
  close(): void
}

/** A real OpenID Connect provider on loopback with one client, `vesalius`, whose forms take any password. */
export async function openOpenIdServer(redirectUri: string): Promise<OpenIdServer> {
  const people = new Map<string, Record<string, unknown>>()
  // The issuer holds the port, so the port is taken first.
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'vesalius', client_secret: 'a secret of the client', redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['preferred_username', 'groups'] },
    cookies: { keys: ['a key of this test'] },
    pkce: { required: () => true },
    findAccount: (_context, sub) => ({ accountId: sub, claims: async () => ({ sub, ...people.get(sub) }) }),
  })
  server.on('request', provider.callback())
  return { issuer, people, close: () => server.close() }
}

/** Goes through the forms of that server as a browser would; answers the address it sends the browser back to. */
export async function signInThere(address: string, name: string): Promise<URL> {
  const jar = new Map<string, string>()
  const visit = async (url: string, form?: Record<string, string>): Promise<Response> => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [key = '', value = ''] = cookie.split(';')[0]?.split('=') ?? []
      jar.set(key, value)
    }
    return response
  }
  let url = address
  let form: Record<string, string> | undefined
  for (let step = 0; step < 20; step += 1) {
    const response = await visit(url, form)
    form = undefined
    const location = response.headers.get('location')
    if (location) {
      const next = new URL(location, url)
      if (next.origin !== new URL(address).origin) return next
      url = next.href
      continue
    }
    const page = await response.text()
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
    if (!prompt) throw new Error(`the sign-in service answers ${response.status}: ${page.slice(0, 300)}`)
    const action = /action="([^"]+)"/.exec(page)?.[1] ?? url
    url = new URL(action, url).href
    form = { prompt, login: name, password: 'any' }
  }
  throw new Error('the forms of the sign-in service do not end')
}
