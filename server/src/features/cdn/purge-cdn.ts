import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { type Loop, startLoop } from '../../processes/start-loop.ts'
import { refreshFolders } from './ask-aliyun.ts'
import type { CdnSettings } from './cdn-address.ts'

/**
 * Tells the CDN to drop what it keeps of images that went to the bin or for good. Derived from the record of changes, behind
 * a cursor that moves only when the CDN has agreed: so none is missed, whatever is killed or unreachable meanwhile.
 */

const LOOK_EVERY_MS = 5000
const CURSOR = 'cdn-cursor'
/** As many as the usual ones take in one call. */
const MOST_PREFIXES = 30
const BATCH = 1000
const TIMEOUT_MS = 20_000

type Parts = Pick<Context, 'db' | 'config' | 'leases' | 'log'>

export function startPurgingCdn(parts: Parts): Loop {
  const { cdn } = parts.config
  return startLoop(parts, {
    name: 'purge-cdn',
    everyMs: LOOK_EVERY_MS,
    failure: 'the CDN did not drop what was deleted',
    look: async () => {
      if (cdn?.purge) while (await purgeCdn(parts.db, cdn)) {}
    },
  })
}

/** Answers whether there is more to tell. */
export async function purgeCdn(db: Db, { url, purge }: CdnSettings): Promise<boolean> {
  if (!purge) return false
  const head = await db.selectFrom('audit_events').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst()
  const known = await db.selectFrom('installation').select('value').where('name', '=', CURSOR).executeTakeFirst()
  const from = Number(known?.value ?? head?.seq ?? 0)
  const to = Math.min(from + BATCH, head?.seq ?? 0)
  if (known && to <= from) return false
  const changes = await db
    .selectFrom('audit_events')
    .select(['subject_id', 'action', 'after'])
    .where('seq', '>', from)
    .where('seq', '<=', to)
    .where('subject', '=', 'image')
    .where('action', 'in', ['change', 'delete'])
    .execute()
  const gone = changes.filter(({ action, after }) => action === 'delete' || after?.state === 'DELETED')
  const { host, pathname } = new URL(url)
  const base = host + pathname.replace(/\/$/, '')
  const prefixes = [...new Set(gone.map(({ subject_id }) => `${base}/cdn/${subject_id}/`))]
  for (let place = 0; place < prefixes.length; place += MOST_PREFIXES) {
    await send(requestOf(purge, prefixes.slice(place, place + MOST_PREFIXES), new URL(url).protocol))
  }
  await db
    .insertInto('installation')
    .values({ name: CURSOR, value: String(to) })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: String(to) }))
    .execute()
  return to < (head?.seq ?? 0)
}

interface Asked {
  url: string
  method: 'POST'
  headers: Record<string, string>
  body?: string
}

/** To Aliyun by its own API; to others in the form of Cloudflare's `purge_cache`, which a few lines of any script can take as well. */
function requestOf(
  { url, token, aliyun }: NonNullable<CdnSettings['purge']>,
  prefixes: readonly string[],
  protocol: string,
): Asked {
  if (aliyun) {
    const folders = prefixes.map((prefix) => `${protocol}//${prefix}`)
    return refreshFolders(url, aliyun, folders)
  }
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
  return { url, method: 'POST', headers, body: JSON.stringify({ prefixes }) }
}

async function send({ url, ...init }: Asked): Promise<void> {
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) })
  await answer.body?.cancel()
  if (!answer.ok) throw new Error(`the purge address answers ${answer.status}`)
}
