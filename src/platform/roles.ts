/** What a member may be in a workspace, most powerful first. */
export const roles = ['owner', 'pmm', 'contributor', 'sales', 'reader'] as const;
export type Role = (typeof roles)[number];

export const everyone: readonly Role[] = roles;
export const editors: readonly Role[] = ['owner', 'pmm', 'contributor'];
export const marketers: readonly Role[] = ['owner', 'pmm'];
export const owners: readonly Role[] = ['owner'];
