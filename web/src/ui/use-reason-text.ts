import { useQuery } from '@tanstack/react-query'
import { type Problem, type Reason, tellReason } from '@vesalius/contracts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from './use-problem-text.ts'

const WORDS = {
  zh: async () => (await import('@vesalius/contracts/reasons-zh')).REASONS_ZH,
  en: async () => ({}),
}

/** Tells reasons in the reader's language; the words of another than English are fetched when they are needed. */
export function useReasonText(): (reason: Reason) => string {
  const language = useTranslation().i18n.language === 'zh' ? 'zh' : 'en'
  const { data } = useQuery({
    queryKey: ['reasons', language],
    queryFn: WORDS[language],
    staleTime: Number.POSITIVE_INFINITY,
  })
  return useCallback((reason: Reason) => tellReason(reason, data), [data])
}

/** What became of a file: more than its code tells, where the server told more. */
export function useFileProblemText(): (problem: Pick<Problem, 'code' | 'told'>) => string {
  const problemText = useProblemText()
  const reasonText = useReasonText()
  return useCallback(
    (problem) => (problem.told ? reasonText(problem.told) : problemText({ ...problem, message: '' })),
    [problemText, reasonText],
  )
}
