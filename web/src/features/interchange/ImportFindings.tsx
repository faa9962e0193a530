import { List, Table, Text } from '@mantine/core'
import type { FormatName, ImportProblem, ImportReport } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { useReasonText } from '../../ui/use-reason-text.ts'
import classes from './Interchange.module.css'

/** Names that are told in a line. */
const MOST_NAMED = 8

interface Props {
  name: string
  format: FormatName | null
  report: ImportReport
  isDone: boolean
}

/** What an import would write or has written, and what did not come over: where, and why. */
export function ImportFindings({ name, format, report, isDone }: Props) {
  const { t } = useTranslation()
  const reasonText = useReasonText()
  const problemText = useProblemText()
  const whyOf = ({ reason, told, code }: ImportProblem) =>
    told ? reasonText(told) : code ? problemText({ code, message: reason }) : reason
  const { written, replaced, unchanged, alreadyAnnotated, empty, marks, conflicts, unmatched, problems } = report
  const lines: [string, number][] = [
    [t('interchange.replaced', { count: replaced }), replaced],
    [t('interchange.unchanged', { count: unchanged }), unchanged],
    [t('interchange.already', { count: alreadyAnnotated }), alreadyAnnotated],
    [t('interchange.empty', { count: empty }), empty],
  ]
  const isNothing = report.classes.length === 0 && written + unchanged + empty + report.unmatchedCount === 0
  return (
    <div>
      <Text fw={600}>
        {t(isDone ? 'interchange.wrote' : 'interchange.wouldWrite', { name, count: written })}
        {written > 0 && ` (${t('interchange.markCount', { count: marks })})`}
      </Text>
      {format && (
        <Text size="sm" c="var(--ink-soft)">
          {t(isNothing ? 'interchange.nothingOfFormat' : 'interchange.readAs', {
            format: t(`interchange.formats.${format}`),
          })}
        </Text>
      )}
      <List size="sm">
        {lines.map(([line, count]) => count > 0 && <List.Item key={line}>{line}</List.Item>)}
        {report.unmatchedCount > 0 && (
          <List.Item>
            {t('interchange.unmatched', {
              count: report.unmatchedCount,
              names: unmatched.slice(0, MOST_NAMED).join(', '),
            })}
          </List.Item>
        )}
      </List>
      {conflicts.length > 0 && !isDone && (
        <Findings
          title={t('interchange.conflicts', { count: conflicts.length })}
          heads={[t('interchange.image'), t('interchange.now'), t('interchange.inFile')]}
          rows={conflicts.map(({ image, marksNow, marksInFile }) => [image, `${marksNow}`, `${marksInFile}`])}
        />
      )}
      {problems.length > 0 && (
        <Findings
          title={t('interchange.problems', { count: report.problemCount })}
          heads={[t('interchange.where'), t('interchange.reason')]}
          rows={problems.map((problem) => [placeOf(problem.file, problem.line, problem.image), whyOf(problem)])}
        />
      )}
    </div>
  )
}

function Findings({ title, heads, rows }: { title: string; heads: string[]; rows: string[][] }) {
  const byText = new Map(rows.map((row) => [row.join('\n'), row]))
  return (
    <>
      <Text size="sm" fw={600} mt="sm" mb={4}>
        {title}
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without a mouse it could not be scrolled (WCAG 2.1.1) */}
      <section className={classes.scroll} aria-label={title} tabIndex={0}>
        <Table fz="xs" verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              {heads.map((head) => (
                <Table.Th key={head}>{head}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[...byText.entries()].map(([key, row]) => (
              <Table.Tr key={key}>
                {row.map((cell, column) => (
                  <Table.Td key={heads[column]} style={{ overflowWrap: 'anywhere' }}>
                    {cell}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </>
  )
}

function placeOf(file: string | undefined, line: number | undefined, image: string | undefined): string {
  const place = file === undefined ? '' : line === undefined ? file : `${file}:${line}`
  if (image === undefined || place === '') return image ?? place
  return place.includes(image) ? place : `${image} · ${place}`
}
