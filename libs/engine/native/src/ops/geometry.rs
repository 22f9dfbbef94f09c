//! The shape of a convolution or pooling with explicit padding.

/// Output (y, x) reads rows `y · stride - pad_top + ky · dilation`, columns likewise; outside is
/// zero (or left out, in pooling).
#[derive(Clone, Copy, Debug)]
pub struct Geometry {
    pub batch: usize,
    pub height: usize,
    pub width: usize,
    pub in_channels: usize,
    pub out_height: usize,
    pub out_width: usize,
    pub out_channels: usize,
    pub kernel: (usize, usize),
    pub stride: (usize, usize),
    pub dilation: (usize, usize),
    pub padding: (usize, usize),
}

impl Geometry {
    pub fn input_image(&self) -> usize {
        self.height * self.width * self.in_channels
    }

    pub fn output_image(&self) -> usize {
        self.out_height * self.out_width * self.out_channels
    }

    /// Whether each output pixel is made of the input pixel at its place alone.
    pub fn is_pointwise(&self) -> bool {
        let same = (self.height, self.width) == (self.out_height, self.out_width);
        self.kernel == (1, 1) && self.stride == (1, 1) && self.padding == (0, 0) && same
    }

    /// # Errors
    /// When a number is 0, or the extents multiply to more than memory can hold.
    pub fn check(&self) -> Result<(), String> {
        let numbers = [
            ("batch", self.batch),
            ("height", self.height),
            ("width", self.width),
            ("inChannels", self.in_channels),
            ("outHeight", self.out_height),
            ("outWidth", self.out_width),
            ("outChannels", self.out_channels),
            ("kernelHeight", self.kernel.0),
            ("kernelWidth", self.kernel.1),
            ("strideHeight", self.stride.0),
            ("strideWidth", self.stride.1),
            ("dilationHeight", self.dilation.0),
            ("dilationWidth", self.dilation.1),
        ];
        match numbers.iter().find(|(_, value)| *value == 0) {
            Some((name, _)) => Err(format!("{name}: found 0, allowed: 1 or more")),
            None => self.check_sizes(),
        }
    }

    /// Values of inputs, outputs, kernels and bordered planes can be counted, with room to spare
    /// for padding of channels.
    fn check_sizes(&self) -> Result<(), String> {
        let spare = self.in_channels.max(self.out_channels).saturating_add(16);
        let border = self.border().saturating_mul(2);
        let sizes = [
            ("x", [self.batch, self.height, self.width, self.in_channels]),
            ("y", [self.batch, self.out_height, self.out_width, self.out_channels]),
            ("kernel", [self.kernel.0, self.kernel.1, self.in_channels, self.out_channels]),
            ("padding", [self.height.saturating_add(border), self.width.saturating_add(border), spare, 16]),
        ];
        for (name, extents) in sizes {
            let size = extents.iter().try_fold(size_of::<f32>(), |size, &extent| size.checked_mul(extent));
            if size.is_none_or(|size| size > isize::MAX as usize) {
                return Err(format!("{name}: {extents:?} multiply to more than memory can hold"));
            }
        }
        Ok(())
    }

    /// The border around an input plane that every tap of every output stays within.
    pub fn border(&self) -> usize {
        let reach = |out: usize, stride: usize, kernel: usize, dilation: usize, padding: usize, extent: usize| {
            let last =
                ((out - 1).saturating_mul(stride)).saturating_add((kernel - 1).saturating_mul(dilation)).saturating_add(1);
            padding.max(last.saturating_sub(padding.saturating_add(extent)))
        };
        let rows = reach(self.out_height, self.stride.0, self.kernel.0, self.dilation.0, self.padding.0, self.height);
        let columns = reach(self.out_width, self.stride.1, self.kernel.1, self.dilation.1, self.padding.1, self.width);
        rows.max(columns)
    }
}
