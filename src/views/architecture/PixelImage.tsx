/** An image of few pixels, enlarged without blur. */
import { useEffect, useRef } from 'react';
import { drawImage, type ImageModel } from '../../viz/shared/images.ts';

interface PixelImageProps {
  readonly image: ImageModel;
  /** CSS pixels. */
  readonly side: number;
  readonly label: string;
}

export function PixelImage({ image, side, label }: PixelImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) drawImage(canvas.current, image, side);
  }, [image, side]);
  return (
    <canvas
      ref={canvas}
      className="pixel-image"
      style={{ width: side, height: side }}
      role="img"
      aria-label={label}
    />
  );
}
