import { Code, Table } from '@mantine/core'
import type { Image } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'

const HASH_SHOWN = 16

export function FileFacts({ image }: { image: Image }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { spacing } = image
  const rows: [string, string][] = [
    [t('facts.type'), image.type.toUpperCase()],
    [t('facts.size'), t('facts.pixels', { width: image.width, height: image.height })],
    [t('facts.depth'), t('facts.depthText', { bits: image.bitDepth, channels: image.channels })],
    ...(image.frames > 1 ? [[t('facts.frames'), format.number(image.frames)] as [string, string]] : []),
    [
      t('facts.spacing'),
      spacing
        ? t('facts.spacingText', { row: format.number(spacing.rowMm, 3), column: format.number(spacing.columnMm, 3) })
        : t('facts.spacingUnknown'),
    ],
    [t('facts.bytes'), format.bytes(image.byteSize)],
    [t('facts.uploaded'), format.date(image.createdAt)],
  ]
  return (
    <Table variant="vertical" layout="fixed">
      <Table.Tbody>
        {rows.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th w={180}>{name}</Table.Th>
            <Table.Td>{value}</Table.Td>
          </Table.Tr>
        ))}
        <Table.Tr>
          <Table.Th>SHA-256</Table.Th>
          <Table.Td>
            <Code title={image.contentHash}>{image.contentHash.slice(0, HASH_SHOWN)}…</Code>
          </Table.Td>
        </Table.Tr>
      </Table.Tbody>
    </Table>
  )
}
