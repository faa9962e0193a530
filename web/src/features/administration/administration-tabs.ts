export const ADMINISTRATION_TABS = ['overview', 'accounts', 'announcements', 'settings', 'mail', 'record'] as const
export type AdministrationTab = (typeof ADMINISTRATION_TABS)[number]
