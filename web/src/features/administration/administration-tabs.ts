export const ADMINISTRATION_TABS = [
  'overview',
  'accounts',
  'rules',
  'announcements',
  'settings',
  'mail',
  'record',
] as const
export type AdministrationTab = (typeof ADMINISTRATION_TABS)[number]
