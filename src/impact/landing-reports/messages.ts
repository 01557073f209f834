export { en, type Words } from './messages/en.ts';
export { zh } from './messages/zh.ts';
