export const en = {
  title: 'Sign in',
  reading: 'Asking who you are',
  email: 'E-mail',
  password: 'Password',
  signIn: 'Sign in',
  singleSignOn: 'Sign in with single sign-on',
  forgotten:
    'No account, or no password? An owner of your workspace sends you an invitation; whoever runs this Landfall sets a new password with “landfall members reset-password”.',
  wrong: 'E-mail and password do not match. Check both and try again.',
  tooMany: (minutes: number) => `Too many wrong tries. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, then try again.`,
  off: 'Your sign-in was switched off. Ask an owner of your workspace.',
  needed: { email: 'Write your e-mail address.', password: 'Write your password.' },
  refused: {
    forbidden: 'The sign-in provider knows you, but no member here has your verified e-mail. Ask an owner for an invitation.',
    unavailable: 'The sign-in provider does not answer. Try again in a moment, or sign in with your password.',
    not_found: 'Single sign-on is not set up here. Sign in with your password.',
    other: 'Single sign-on did not work. Try again, or sign in with your password.',
  },
};

export const zh: typeof en = {
  title: '登录',
  reading: '正在确认你的身份',
  email: '邮箱',
  password: '密码',
  signIn: '登录',
  singleSignOn: '使用单点登录',
  forgotten: '没有账号或忘记密码？工作区所有者可以发送邀请；运行此 Landfall 的人可以用 “landfall members reset-password” 重设密码。',
  wrong: '邮箱与密码不匹配。请检查后重试。',
  tooMany: (minutes) => `错误次数过多。请在 ${minutes} 分钟后重试。`,
  off: '你的登录已被停用。请联系工作区所有者。',
  needed: { email: '请填写邮箱地址。', password: '请填写密码。' },
  refused: {
    forbidden: '登录服务认识你，但这里没有成员使用你已验证的邮箱。请向所有者索取邀请。',
    unavailable: '登录服务没有响应。请稍后再试，或使用密码登录。',
    not_found: '此处未设置单点登录。请使用密码登录。',
    other: '单点登录未成功。请重试，或使用密码登录。',
  },
};
