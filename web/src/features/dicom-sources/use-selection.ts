import type { DicomSelection } from '@vesalius/contracts'
import { useState } from 'react'

/** Which studies are chosen: whole, or some of their series. */
export interface Selection {
  /** `all`: the study; else the series of it. */
  of(studyUid: string): 'all' | ReadonlySet<string>
  chooseStudy(studyUid: string, isChosen: boolean): void
  /** `others`: the other series of the study. */
  chooseSeries(studyUid: string, seriesUid: string, others: readonly string[]): void
  selections: DicomSelection[]
  clear(): void
}

const NONE: ReadonlySet<string> = new Set()

export function useSelection(): Selection {
  const [chosen, setChosen] = useState<ReadonlyMap<string, 'all' | ReadonlySet<string>>>(new Map())
  const put = (studyUid: string, what: 'all' | ReadonlySet<string>) => {
    const next = new Map(chosen)
    if (what !== 'all' && what.size === 0) next.delete(studyUid)
    else next.set(studyUid, what)
    setChosen(next)
  }
  const of = (studyUid: string) => chosen.get(studyUid) ?? NONE
  return {
    of,
    chooseStudy: (studyUid, isChosen) => put(studyUid, isChosen ? 'all' : NONE),
    chooseSeries(studyUid, seriesUid, others) {
      const before = of(studyUid)
      const next = new Set(before === 'all' ? [seriesUid, ...others] : before)
      if (!next.delete(seriesUid)) next.add(seriesUid)
      put(studyUid, next.size === others.length + 1 ? 'all' : next)
    },
    selections: [...chosen].map(([studyUid, what]) => ({
      studyUid,
      ...(what === 'all' ? {} : { seriesUids: [...what] }),
    })),
    clear: () => setChosen(new Map()),
  }
}
