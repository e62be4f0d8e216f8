import { type CSSVariablesResolver, createTheme } from '@mantine/core';

const accent = [
  '#edf2fe',
  '#dbe5fd',
  '#bccdf8',
  '#93b2ff',
  '#6a90f0',
  '#4b76ea',
  '#2a58d3',
  '#2450c4',
  '#2049b4',
  '#1a3c93',
] as const;

/** Mantine in the clothes of our tokens; motion stays between 90 and 160 ms. */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '999px' },
  defaultRadius: 'sm',
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 5 },
  colors: { accent },
  cursorType: 'default',
  respectReducedMotion: true,
  headings: { fontFamily: 'var(--font)' },
  components: {
    Modal: {
      defaultProps: {
        centered: true,
        // The page never scrolls; locking it would need a style without a nonce.
        lockScroll: false,
        transitionProps: { transition: 'fade', duration: 120 },
      },
    },
    Menu: { defaultProps: { transitionProps: { transition: 'fade', duration: 90 } } },
    Popover: { defaultProps: { transitionProps: { transition: 'fade', duration: 90 } } },
    Tooltip: {
      defaultProps: { openDelay: 400, transitionProps: { transition: 'fade', duration: 90 } },
    },
    Checkbox: { defaultProps: { size: 'xs' } },
  },
});

const mapped = {
  '--mantine-color-body': 'var(--bg)',
  '--mantine-color-text': 'var(--fg)',
  '--mantine-color-dimmed': 'var(--fg-3)',
  '--mantine-color-placeholder': 'var(--fg-3)',
  '--mantine-color-default': 'var(--bg-ctl)',
  '--mantine-color-default-hover': 'var(--bg-hover)',
  '--mantine-color-default-border': 'var(--line-2)',
  '--mantine-color-default-color': 'var(--fg)',
  '--mantine-color-error': 'var(--er)',
  '--mantine-color-anchor': 'var(--ac)',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: mapped,
  dark: mapped,
});
