/** Formulas as text, with words for those who listen. */
import type { ReactNode } from 'react';

export const Var = ({ children }: { readonly children: ReactNode }) => <var>{children}</var>;
export const Sub = ({ children }: { readonly children: ReactNode }) => <sub>{children}</sub>;

export function Formula({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <p className="formula">
      <span aria-hidden="true">{children}</span>
      <span className="visually-hidden">{label}</span>
    </p>
  );
}
