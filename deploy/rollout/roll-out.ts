import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { takeLock } from './lock.ts'
import { currentRelease, newestTag, noteIn, prepareRelease, releaseOf, removeOld, useRelease } from './releases.ts'
import { runCommand } from './run-command.ts'
import type { ProcessSettings, Settings } from './settings.ts'

/**
 * Brings the newest tag into service, one process after another, each only after the one before answers. Where one does not,
 * everything goes back to the release before, and that tag is not tried again unless it is moved.
 */
export type Outcome = 'nothing new' | 'rolled out' | 'went back' | 'not prepared' | 'would roll out'

const HEALTH_EVERY_MS = 250
/** Answers in a row, so that one that ends at once is not taken for one that runs. */
const HEALTHY_ANSWERS = 3
const HEALTH_TIMEOUT_MS = 5000

interface Options {
  isDry?: boolean
  say: (line: string) => void
}

export async function rollOut(settings: Settings, { isDry = false, say }: Options): Promise<Outcome> {
  mkdirSync(settings.folder, { recursive: true })
  const release = isDry ? () => {} : takeLock(settings.folder)
  try {
    return isDry ? await tellOnly(settings, say) : await rollOutLocked(settings, say)
  } finally {
    release()
  }
}

async function tellOnly(settings: Settings, say: Options['say']): Promise<Outcome> {
  const [tag, before] = [await newestTag(settings), await currentRelease(settings)]
  const refused = await noteIn<string[]>(settings, 'refused.json').read()
  if (!tag || releaseOf(tag) === before || refused?.includes(releaseOf(tag))) {
    say(`nothing new: ${before ?? 'nothing'} is in use${tag ? `, ${tag.name} is the newest` : ''}`)
    return 'nothing new'
  }
  say(`would fetch ${tag.name} (${tag.commit.slice(0, 12)}) in the place of ${before ?? 'nothing'}`)
  for (const command of settings.prepare) say(`would run ${command.join(' ')}`)
  if (settings.migrate) say(`would run ${settings.migrate.join(' ')}`)
  for (const { name, restart, health } of settings.processes)
    say(`would restart ${name}: ${restart.join(' ')}; then ${health}`)
  return 'would roll out'
}

async function rollOutLocked(settings: Settings, say: Options['say']): Promise<Outcome> {
  const underWay = noteIn<{ from: string | null; to: string }>(settings, 'under-way.json')
  const refusals = noteIn<string[]>(settings, 'refused.json')
  const refuse = async (name: string) => refusals.write([...new Set([...((await refusals.read()) ?? []), name])])
  const goBack = async (from: string | null, to: string, processes: readonly ProcessSettings[]) => {
    await refuse(to)
    if (!from) say('there is no release before: nothing to go back to')
    else {
      say(`going back to ${from}`)
      await useRelease(settings, from)
      for (const each of processes) await replace(each, settings.folder, say)
    }
    await underWay.write(null)
  }
  const broken = await underWay.read()
  if (broken) {
    say(`the roll-out of ${broken.to} was cut off`)
    await goBack(broken.from, broken.to, settings.processes)
    return 'went back'
  }
  const tag = await newestTag(settings)
  const before = await currentRelease(settings)
  if (!tag || releaseOf(tag) === before || (await refusals.read())?.includes(releaseOf(tag))) return 'nothing new'
  const name = await prepareRelease(settings, tag, say).catch((error: Error) => {
    say(`${tag.name} cannot be prepared: ${error.message}`)
    return null
  })
  if (!name) {
    await refuse(releaseOf(tag))
    return 'not prepared'
  }
  await underWay.write({ from: before, to: name })
  const replaced: ProcessSettings[] = []
  try {
    if (settings.migrate) {
      say(settings.migrate.join(' '))
      await runCommand(settings.migrate, join(settings.folder, 'releases', name))
    }
    await useRelease(settings, name)
    for (const each of settings.processes) {
      replaced.push(each)
      await replace(each, settings.folder, say)
    }
  } catch (error) {
    say((error as Error).message)
    await goBack(before, name, replaced.reverse())
    return 'went back'
  }
  await underWay.write(null)
  for (const old of await removeOld(settings, [name, before])) say(`removed ${old}`)
  say(`${name} is in use`)
  return 'rolled out'
}

/** Throws when it does not answer in time. */
async function replace(each: ProcessSettings, folder: string, say: Options['say']): Promise<void> {
  say(`restarting ${each.name}`)
  await runCommand(each.restart, folder)
  const until = Date.now() + each.healthSeconds * 1000
  for (let healthy = 0; healthy < HEALTHY_ANSWERS; ) {
    healthy = (await isHealthy(each.health, folder)) ? healthy + 1 : 0
    if (healthy < HEALTHY_ANSWERS && Date.now() > until) {
      throw new Error(`${each.name} does not answer within ${each.healthSeconds} s`)
    }
    await new Promise((resolve) => setTimeout(resolve, HEALTH_EVERY_MS))
  }
}

async function isHealthy(health: ProcessSettings['health'], folder: string): Promise<boolean> {
  if (typeof health !== 'string') {
    return runCommand(health, folder).then(
      () => true,
      () => false,
    )
  }
  return fetch(health, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) }).then(
    async (answer) => {
      await answer.body?.cancel()
      return answer.status === 200
    },
    () => false,
  )
}
