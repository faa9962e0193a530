import { routes } from './api/index.ts'
import { Access, mayCall, scopeOf } from './rights.ts'
import type { Route } from './route.ts'

const HEAD = `# Rights

Generated from the routes by \`npm run generate\`; a test tries every line of it. A project belongs to a person, who is its
owner, or to an organisation, in which people have one role each: \`owner\`, \`admin\`, \`reviewer\`, \`annotator\`, \`viewer\`.
\`shared with\`: somebody outside of it with whom single images were shared. An administrator of the installation may do
what an owner may. Whoever belongs to another organisation, or to none, is answered as if there were nothing (404);
a member whose role is too low is told so (403); nobody signed in is told to sign in (401).

An API token does at most what its \`scope\` says: \`write\` holds \`read\`, \`admin\` holds all, and without \`admin\` the token of an
administrator has the rights of an ordinary person.

What is frozen or in the bin refuses changes from everybody, whatever their role.

`

const COLUMNS: readonly Access[] = Access.options

/** The matrix of role × route as a page. */
export function rightsPage(): string {
  const all = (Object.entries(routes) as [string, Route][]).sort(([, a], [, b]) => compare(a.path, b.path))
  const ofThings = all.filter(([, route]) => COLUMNS.some((role) => mayCall(role, route)))
  const others = all.filter(([, route]) => !COLUMNS.some((role) => mayCall(role, route)))
  return [
    HEAD,
    '## On a project, an image, a run, a model, an organisation\n\n',
    row(['route', 'right', 'scope', ...COLUMNS.map((role) => (role === 'editor' ? 'shared with' : role))]),
    row(['---', '---', '---', ...COLUMNS.map(() => ':-:')]),
    ...ofThings.map(([, route]) =>
      row([
        nameOf(route),
        route.access,
        scopeOf(route) ?? '',
        ...COLUMNS.map((role) => (mayCall(role, route) ? '✓' : '')),
      ]),
    ),
    '\n## On nothing but oneself\n\n',
    row(['route', 'who may call it', 'scope']),
    row(['---', '---', '---']),
    ...others.map(([, route]) => row([nameOf(route), WHO[route.access] ?? route.access, scopeOf(route) ?? ''])),
  ].join('')
}

const WHO: Readonly<Record<string, string>> = {
  none: 'anyone',
  user: 'whoever is signed in, by session or token',
  session: 'whoever is signed in, by session only',
  mine: 'the person it belongs to',
  holder: 'whoever is signed in and knows the secret it names',
  party: 'whoever may see what the message is about',
  administrator: 'administrators of the installation',
  worker: 'programs with a token for work, about jobs of the project or organisation it was made for',
  signed: 'programs that sign with the secret of the thing it names',
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
const nameOf = (route: Route) => `\`${route.method} ${route.path}\``
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
