import { ActionIcon, Slider } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconPlayerSkipBack, IconPlayerSkipForward } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './ImageStage.module.css'

interface Props {
  frames: number
  frame: number
  /** Whether the frame asked for is the one that is seen. */
  isReady: boolean
  onFrame: (frame: number) => void
}

const FRAMES_A_SECOND = 12

/** Leads through the frames or pages of an image, and plays them. */
export function FrameBar({ frames, frame, isReady, onFrame }: Props) {
  const { t } = useTranslation()
  const [isPlaying, setIsPlaying] = useState(false)
  const next = useEffectEvent(() => {
    // A frame that is still on its way is waited for, so that none is left out.
    if (isReady) onFrame((frame + 1) % frames)
  })
  useEffect(() => {
    if (!isPlaying) return
    const timer = setInterval(() => next(), 1000 / FRAMES_A_SECOND)
    return () => clearInterval(timer)
  }, [isPlaying])
  const button = (
    word: 'previousFrame' | 'nextFrame' | 'play' | 'pause',
    Icon: typeof IconPlayerPlay,
    act: () => void,
  ) => (
    <ActionIcon variant="subtle" size="sm" aria-label={t(`stage.${word}`)} title={t(`stage.${word}`)} onClick={act}>
      <Icon size={15} />
    </ActionIcon>
  )
  return (
    <fieldset className={classes.frames} aria-label={t('stage.frames')}>
      {button('previousFrame', IconPlayerSkipBack, () => onFrame(Math.max(0, frame - 1)))}
      {isPlaying
        ? button('pause', IconPlayerPause, () => setIsPlaying(false))
        : button('play', IconPlayerPlay, () => setIsPlaying(true))}
      {button('nextFrame', IconPlayerSkipForward, () => onFrame(Math.min(frames - 1, frame + 1)))}
      <Slider
        className={classes.frameSlider}
        size="sm"
        min={1}
        max={frames}
        value={frame + 1}
        label={null}
        thumbLabel={t('stage.frames')}
        onChange={(value) => onFrame(value - 1)}
      />
      <span className={classes.frameCount}>{t('stage.frameOf', { frame: frame + 1, frames })}</span>
    </fieldset>
  )
}
