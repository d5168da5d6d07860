/** A message across the page: what happened, what was kept, the next step. */
import './Banner.css';
import { Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './Button.tsx';

interface BannerProps {
  readonly tone: 'error' | 'notice';
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly onDismiss?: (() => void) | undefined;
  readonly testId?: string;
}

export function Banner({ tone, title, children, actions, onDismiss, testId }: BannerProps) {
  const Icon = tone === 'error' ? TriangleAlert : Info;
  return (
    <div
      className={`banner banner-${tone}`}
      role={tone === 'error' ? 'alert' : 'status'}
      data-testid={testId}
    >
      <Icon size={18} aria-hidden className="banner-icon" />
      <div className="banner-text">
        <strong className="banner-title">{title}</strong>
        {children}
      </div>
      <div className="banner-actions">
        {actions}
        {onDismiss && (
          <IconButton label="Dismiss" onClick={onDismiss}>
            <X size={16} aria-hidden />
          </IconButton>
        )}
      </div>
    </div>
  );
}
