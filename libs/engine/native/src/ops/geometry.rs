//! The shape of a convolution or pooling with explicit padding.

/// Output (y, x) reads rows `y · stride - pad_top + ky · dilation`, columns likewise; outside is zero (or left out, in pooling).
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

    /// # Errors
    /// When a number is 0, or the kernel never reaches the input.
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
            None => Ok(()),
        }
    }

    /// The border around an input plane that every tap of every output stays within.
    pub fn border(&self) -> usize {
        let reach = |out: usize, stride: usize, kernel: usize, dilation: usize, padding: usize, extent: usize| {
            let last = (out - 1) * stride + (kernel - 1) * dilation + 1;
            padding.max(last.saturating_sub(padding + extent))
        };
        let rows = reach(self.out_height, self.stride.0, self.kernel.0, self.dilation.0, self.padding.0, self.height);
        let columns = reach(self.out_width, self.stride.1, self.kernel.1, self.dilation.1, self.padding.1, self.width);
        rows.max(columns)
    }
}
