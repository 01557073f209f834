import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const one = (value: string) => Array.from({ length: 10 }, () => value) as unknown as MantineColorsTuple;

/** Mantine brings behaviour and accessibility; every value it draws with is one of Landfall's tokens. */
export const theme = createTheme({
  fontFamily: 'var(--font-sans)',
  fontFamilyMonospace: 'var(--font-mono)',
  headings: { fontFamily: 'var(--font-sans)' },
  primaryColor: 'sea',
  primaryShade: 6,
  colors: { sea: one('var(--sea)'), red: one('var(--bad)') },
  black: 'var(--ink)',
  white: 'var(--surface)',
  defaultRadius: 'md',
  radius: { xs: 'var(--r-1)', sm: 'var(--r-1)', md: 'var(--r-2)', lg: 'var(--r-3)', xl: 'var(--r-3)' },
  fontSizes: { xs: 'var(--t-12)', sm: 'var(--t-13)', md: 'var(--t-13)', lg: 'var(--t-14)', xl: 'var(--t-15)' },
  lineHeights: { xs: '16px', sm: '18px', md: '18px', lg: '20px', xl: '24px' },
  spacing: { xs: 'var(--s-2)', sm: 'var(--s-3)', md: 'var(--s-4)', lg: 'var(--s-5)', xl: 'var(--s-6)' },
  shadows: { xs: 'var(--shadow-1)', sm: 'var(--shadow-1)', md: 'var(--shadow-2)', lg: 'var(--shadow-3)', xl: 'var(--shadow-3)' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Popover: { defaultProps: { transitionProps: { duration: 120 }, shadow: 'md' } },
    Menu: {
      defaultProps: {
        transitionProps: { duration: 120 },
        offset: 4,
        position: 'bottom-start',
        withInitialFocusPlaceholder: false,
        alignItemsLabels: 'none',
      },
    },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 90 }, events: { hover: true, focus: true, touch: true } } },
    ModalRoot: { defaultProps: { transitionProps: { duration: 160, transition: 'fade' } } },
    DrawerRoot: { defaultProps: { transitionProps: { duration: 200 } } },
    Combobox: { defaultProps: { transitionProps: { duration: 90 }, offset: 4 } },
    Select: { defaultProps: { checkIconPosition: 'right', allowDeselect: false } },
    NumberInput: { defaultProps: { hideControls: true } },
  },
});

const everywhere = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-anchor': 'var(--sea)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--paper-3)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-2)',
  '--mantine-color-disabled': 'var(--paper-3)',
  '--mantine-color-disabled-color': 'var(--ink-3)',
  '--mantine-color-disabled-border': 'var(--line-2)',
  '--mantine-primary-color-filled': 'var(--sea)',
  '--mantine-primary-color-filled-hover': 'var(--sea)',
  '--mantine-primary-color-light': 'var(--sea-tint)',
  '--mantine-primary-color-light-color': 'var(--sea)',
  '--mantine-primary-color-contrast': 'var(--on-ink)',
};

/** The tokens change with the theme themselves, so Mantine's light and dark values are the same names. */
export const resolveVariables: CSSVariablesResolver = () => ({ variables: {}, light: everywhere, dark: everywhere });
