import { useMessages } from '../locale.tsx';
import { en, zh, type QuestionWords } from '../messages/questions.ts';

const catalogue = { en, zh };

export const useQuestionWords = (): QuestionWords => useMessages(catalogue);
