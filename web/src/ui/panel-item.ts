/** How a button looks that is a line of a popover, as the lines of menus do. */
export const PANEL_ITEM = {
  variant: 'subtle',
  color: 'gray',
  size: 'sm',
  fullWidth: true,
  justify: 'flex-start',
} as const
