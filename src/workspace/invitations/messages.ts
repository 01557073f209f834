export const en = {
  title: (workspace: string) => `Join ${workspace}`,
  plainTitle: 'Invitation',
  reading: 'Reading the invitation',
  lead: (by: string | null, workspace: string, role: string) =>
    `${by ?? 'An owner'} invites you to ${workspace}. Your role there: ${role}.`,
  until: (email: string, date: string) => `For ${email}, until ${date}.`,
  name: 'Your name',
  password: 'Password',
  passwordHelp: (least: number) => `At least ${least} characters. Four words in a row are easy to keep in mind.`,
  join: (workspace: string) => `Join ${workspace}`,
  hasAccount: 'You already have an account here. Sign in to accept.',
  other: (signedIn: string, invited: string) =>
    `You are signed in as ${signedIn}, and this invitation is for ${invited}. Sign out, then open the link again.`,
  signOut: 'Sign out',
  toSignIn: 'Go to sign-in',
  singleSignOn: 'Join with single sign-on',
  needed: {
    name: 'Say what others should call you.',
    password: (least: number, now: number) => `${now} of at least ${least} characters.`,
    variety: 'Use at least 5 different characters.',
  },
};

export const zh: typeof en = {
  title: (workspace) => `加入${workspace}`,
  plainTitle: '邀请',
  reading: '正在读取邀请',
  lead: (by, workspace, role) => `${by ?? '一位所有者'}邀请你加入${workspace}，角色为：${role}。`,
  until: (email, date) => `发给 ${email}，${date}前有效。`,
  name: '你的姓名',
  password: '密码',
  passwordHelp: (least) => `至少 ${least} 个字符。一句自己记得住的话最好。`,
  join: (workspace) => `加入${workspace}`,
  hasAccount: '你在这里已有账号。登录后即可接受。',
  other: (signedIn, invited) => `你以 ${signedIn} 登录，而此邀请是发给 ${invited} 的。请退出登录，再打开链接。`,
  signOut: '退出登录',
  toSignIn: '前往登录',
  singleSignOn: '使用单点登录加入',
  needed: {
    name: '请写下别人该如何称呼你。',
    password: (least, now) => `已有 ${now} 个字符，至少需要 ${least} 个。`,
    variety: '请至少使用 5 个不同的字符。',
  },
};
