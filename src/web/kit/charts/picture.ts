type Asked = { within: HTMLElement; kind: 'png' | 'svg'; theme: 'light' | 'dark'; source?: string };
export const drawPicture = (_asked: Asked): Promise<Blob> => Promise.reject(new Error('not yet'));
