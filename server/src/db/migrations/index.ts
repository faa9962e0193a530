import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { first } from './0001-first.ts'
import { marks } from './0002-marks.ts'
import { importedModels } from './0003-imported-models.ts'
import { pictures } from './0005-pictures.ts'
import { life } from './0006-life.ts'
import { trainingScope } from './0007-training-scope.ts'
import { imports } from './0010-imports.ts'
import { interchange } from './0015-interchange.ts'
import { guessFrames } from './0016-guess-frames.ts'
import { presences } from './0020-presences.ts'
import { reviews } from './0021-reviews.ts'
import { readings } from './0022-readings.ts'
import { flow } from './0028-flow.ts'
import { preferences } from './0029-preferences.ts'
import { organisations } from './0030-organisations.ts'
import { audit } from './0031-audit.ts'
import { security } from './0032-security.ts'
import { settings } from './0050-settings.ts'
import { gate } from './0051-gate.ts'
import { queue } from './0052-queue.ts'
import { counts } from './0056-counts.ts'
import { searchedLists } from './0057-searched-lists.ts'
import { savedFilters } from './0058-saved-filters.ts'
import { recognisedFormats } from './0063-recognised-formats.ts'
import { burnedIn } from './0065-burned-in.ts'
import { importLabels } from './0066-import-labels.ts'
import { classEdits } from './0070-class-edits.ts'
import { remote } from './0075-remote.ts'
import { labelStudioLinks } from './0076-label-studio-links.ts'
import { attempts } from './0080-attempts.ts'
import { providers } from './0081-providers.ts'
import { administration } from './0090-administration.ts'
import { ownData } from './0091-own-data.ts'
import { tokenScopes } from './0092-token-scopes.ts'
import { threads } from './0100-threads.ts'
import { messages } from './0101-messages.ts'
import { articles } from './0110-articles.ts'
import { processes } from './0120-processes.ts'
import { worth } from './0130-worth.ts'
import { passkeys } from './0140-passkeys.ts'
import { rules } from './0141-rules.ts'
import { webhooks } from './0150-webhooks.ts'
import { dicomweb } from './0160-dicomweb.ts'
import { setAside } from './0170-set-aside.ts'
import { namesByTriples } from './0171-names-by-triples.ts'

/** Numbered, forward only, listed by hand so that a bundle or a rename cannot lose one. */
export const migrations: Record<string, Migration> = {
  '0001-first': statements(first),
  '0002-marks': statements(marks),
  '0003-imported-models': statements(importedModels),
  '0005-pictures': statements(pictures),
  '0006-life': statements(life),
  '0007-training-scope': statements(trainingScope),
  '0010-imports': statements(imports),
  '0015-interchange': statements(interchange),
  '0016-guess-frames': statements(guessFrames),
  '0020-presences': statements(presences),
  '0021-reviews': statements(reviews),
  '0022-readings': statements(readings),
  '0028-flow': statements(flow),
  '0029-preferences': statements(preferences),
  '0030-organisations': statements(organisations),
  '0031-audit': statements(audit),
  '0032-security': statements(security),
  '0050-settings': statements(settings),
  '0051-gate': statements(gate),
  '0052-queue': statements(queue),
  '0056-counts': statements(counts),
  '0057-searched-lists': statements(searchedLists),
  '0058-saved-filters': statements(savedFilters),
  '0063-recognised-formats': statements(recognisedFormats),
  '0065-burned-in': statements(burnedIn),
  '0066-import-labels': statements(importLabels),
  '0070-class-edits': statements(classEdits),
  '0075-remote': statements(remote),
  '0076-label-studio-links': statements(labelStudioLinks),
  '0080-attempts': statements(attempts),
  '0081-providers': statements(providers),
  '0090-administration': statements(administration),
  '0091-own-data': statements(ownData),
  '0092-token-scopes': statements(tokenScopes),
  '0100-threads': statements(threads),
  '0101-messages': statements(messages),
  '0110-articles': statements(articles),
  '0120-processes': statements(processes),
  '0130-worth': statements(worth),
  '0140-passkeys': statements(passkeys),
  '0141-rules': statements(rules),
  '0150-webhooks': statements(webhooks),
  '0160-dicomweb': statements(dicomweb),
  '0170-set-aside': statements(setAside),
  '0171-names-by-triples': statements(namesByTriples),
}

function statements(list: readonly string[]): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      for (const statement of list) await sql.raw(statement).execute(db)
    },
  }
}
