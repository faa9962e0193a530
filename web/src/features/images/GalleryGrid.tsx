import { useElementSize } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import type { Image, Project } from '@vesalius/contracts'
import { useEffect, useEffectEvent, useRef } from 'react'
import classes from './GalleryPage.module.css'
import { ImageTile } from './ImageTile.tsx'
import type { ImageFilter } from './image-filter.ts'

const GAP = 12
const NARROWEST = 158
/** Height of a tile beyond its square picture: caption and borders, as in the stylesheet. */
const CAPTION = 56

interface Props {
  project: Project
  items: readonly Image[]
  filter: ImageFilter
  chosen: ReadonlySet<string>
  onChoose: (imageId: string, isRange: boolean) => void
  /** The pointer is being moved over the tiles. */
  onPointer: () => void
  onEnd: () => void
}

/** Only the rows in sight exist, so that a hundred thousand images scroll as a hundred do. */
export function GalleryGrid({ project, items, filter, chosen, onChoose, onPointer, onEnd }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const { ref, width } = useElementSize()
  const columns = Math.max(2, Math.floor((width + GAP) / (NARROWEST + GAP)))
  const tile = (width - GAP * (columns - 1)) / columns
  const rows = Math.ceil(items.length / columns)
  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => Math.max(140, tile - 2 + CAPTION) + GAP,
    overscan: 3,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are measured anew when their height changes
  useEffect(() => virtual.measure(), [tile, virtual])
  const drawn = virtual.getVirtualItems()
  const last = drawn.at(-1)?.index ?? 0
  const askForMore = useEffectEvent(onEnd)
  useEffect(() => {
    if (last >= rows - 3) askForMore()
  }, [last, rows])
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      data-choosing={chosen.size > 0 || undefined}
      onPointerMove={onPointer}
    >
      <div ref={ref} style={{ position: 'relative', height: virtual.getTotalSize() }}>
        {drawn.map((row) => (
          <div
            key={row.key}
            className={classes.row}
            style={{
              top: row.start,
              height: row.size - GAP,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {items.slice(row.index * columns, (row.index + 1) * columns).map((image) => (
              <ImageTile
                key={image.id}
                project={project}
                image={image}
                filter={filter}
                isChosen={chosen.has(image.id)}
                onChoose={onChoose}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
