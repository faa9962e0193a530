import { ActionIcon, Popover, Select, Stack } from '@mantine/core'
import { IconListDetails } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { ImageOrder, type Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { type ImageFilter, pickFilter } from '../../features/images/image-filter.ts'

const WHICH = ['all', 'open', 'skipped', 'annotated'] as const
const FILTERS: Readonly<Record<(typeof WHICH)[number], Pick<ImageFilter, 'annotated' | 'skipped'>>> = {
  all: { annotated: undefined, skipped: undefined },
  open: { annotated: false, skipped: false },
  skipped: { annotated: undefined, skipped: true },
  annotated: { annotated: true, skipped: undefined },
}

/** Which images wait in the queue, and in which order. */
export function QueueMenu({ project, filter }: { project: Project; filter: ImageFilter }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const choose = (change: ImageFilter) =>
    void navigate({
      to: '/projects/$projectId/annotate',
      params: { projectId: project.id },
      search: pickFilter({ ...filter, ...change }),
    })
  const which = WHICH.find(
    (name) => FILTERS[name].annotated === filter.annotated && FILTERS[name].skipped === filter.skipped,
  )
  return (
    <Popover position="bottom-end" width={260} shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('flow.queue')} title={t('flow.queue')}>
          <IconListDetails size={17} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('flow.queue')}>
        <Stack gap="sm">
          <Select
            label={t('flow.order')}
            comboboxProps={{ withinPortal: false }}
            allowDeselect={false}
            value={filter.order ?? 'newest'}
            data={ImageOrder.options.map((order) => ({ value: order, label: t(`gallery.order.${order}`) }))}
            onChange={(value) => choose({ order: ImageOrder.options.find((order) => order === value) })}
          />
          <Select
            label={t('flow.which')}
            comboboxProps={{ withinPortal: false }}
            allowDeselect={false}
            placeholder={t('flow.asFiltered')}
            value={which ?? null}
            data={WHICH.map((name) => ({ value: name, label: t(`flow.show.${name}`) }))}
            onChange={(value) => {
              const name = WHICH.find((option) => option === value)
              if (name) choose(FILTERS[name])
            }}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
