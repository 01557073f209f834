import { createContext, useContext } from 'react';

type FrameState = { inFrame: boolean; openNavigation: () => void };

export const FrameContext = createContext<FrameState>({ inFrame: false, openNavigation: () => undefined });

export function useFrame(): FrameState {
  return useContext(FrameContext);
}
