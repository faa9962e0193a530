const OWN_KEYS = 'input, textarea, select, [role="dialog"], [role="menu"], [role="listbox"], [role="slider"]'

/** Whether keys belong to a field, a list, a menu or a dialog. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest(OWN_KEYS) !== null)
