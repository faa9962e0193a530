import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { readCommand, runCommand } from './run-command.ts'
import type { Settings } from './settings.ts'

/** Releases on the disk: fetched, prepared, linked to as `current`, and removed. */

/** In a release whose preparation ended well. */
const READY = '.rollout-ready'

export interface Tag {
  name: string
  /** What it points to: a tag that was moved is another release. */
  commit: string
}

/** Of the tags that are releases the newest, by its numbers; null where there is none. */
export async function newestTag({ repository, tags }: Settings): Promise<Tag | null> {
  const printed = await readCommand(['git', 'ls-remote', '--tags', '--refs', repository])
  const found = printed.split('\n').flatMap((line) => {
    const [, commit, name] = /^([0-9a-f]+)\trefs\/tags\/(.+)$/.exec(line) ?? []
    return commit && name && tags.test(name) ? [{ name, commit }] : []
  })
  const byNumbers = new Intl.Collator('en', { numeric: true })
  return found.sort((a, b) => byNumbers.compare(b.name, a.name))[0] ?? null
}

/** Names what is in use; null before the first. */
export async function currentRelease({ folder }: Settings): Promise<string | null> {
  const target = await readlink(join(folder, 'current')).catch(() => null)
  return target && basename(target)
}

/** Fetches and prepares a release, unless that was done already. */
export async function prepareRelease(settings: Settings, tag: Tag, say: (line: string) => void): Promise<string> {
  const name = releaseOf(tag)
  const target = join(settings.folder, 'releases', name)
  if (existsSync(join(target, READY))) return name
  await rm(target, { recursive: true, force: true })
  await mkdir(join(settings.folder, 'releases'), { recursive: true })
  say(`fetching ${tag.name}`)
  const quietly = ['-c', 'advice.detachedHead=false', 'clone', '--quiet', '--depth', '1'] as const
  await runCommand(['git', ...quietly, '--branch', tag.name, settings.repository, target], settings.folder)
  if (settings.mustBeSigned) await runCommand(['git', 'verify-tag', tag.name], target)
  for (const command of settings.prepare) {
    say(command.join(' '))
    await runCommand(command, target)
  }
  await writeFile(join(target, READY), '')
  return name
}

export const releaseOf = ({ name, commit }: Tag): string => `${name.replaceAll('/', '-')}-${commit.slice(0, 12)}`

/** Lets `current` lead to a release, in one step. */
export async function useRelease({ folder }: Settings, name: string): Promise<void> {
  const link = join(folder, 'current.new')
  await rm(link, { force: true })
  await symlink(join('releases', name), link)
  await rename(link, join(folder, 'current'))
}

/** Removes the oldest, never one of those that are named. */
export async function removeOld({ folder, keep }: Settings, needed: readonly (string | null)[]): Promise<string[]> {
  const byNumbers = new Intl.Collator('en', { numeric: true })
  const names = (await readdir(join(folder, 'releases'))).sort((a, b) => byNumbers.compare(b, a))
  const old = names.slice(keep).filter((name) => !needed.includes(name))
  for (const name of old) await rm(join(folder, 'releases', name), { recursive: true, force: true })
  return old
}

/** A small note in the folder that outlives a kill. */
export function noteIn<Value>({ folder }: Settings, file: string) {
  const path = join(folder, file)
  return {
    read: async (): Promise<Value | null> =>
      readFile(path, 'utf8').then(
        (text) => JSON.parse(text) as Value,
        () => null,
      ),
    async write(value: Value | null): Promise<void> {
      if (value === null) return rm(path, { force: true })
      await writeFile(`${path}.new`, JSON.stringify(value))
      await rename(`${path}.new`, path)
    },
  }
}
