import { createContext, useContext } from 'react';

type FrameState = { openNavigation: () => void };

export const FrameContext = createContext<FrameState>({ openNavigation: () => undefined });

export function useFrame(): FrameState {
  return useContext(FrameContext);
}
