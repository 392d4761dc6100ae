//! Rows of a model that keep their place while their content changes, so that a finger already
//! on a control is not left holding a control that has been built anew.

use std::rc::Rc;

use slint::{Model, ModelRc, VecModel};

/// A model whose content is replaced row by row.
pub struct Rows<T>(Rc<VecModel<T>>);

impl<T: Clone + 'static> Default for Rows<T> {
    fn default() -> Self {
        Self(Rc::default())
    }
}

impl<T: Clone + PartialEq + 'static> Rows<T> {
    /// The model, to hand to the window.
    pub fn model(&self) -> ModelRc<T> {
        self.0.clone().into()
    }

    /// Makes the rows equal to `rows`, touching only those that differ.
    pub fn set(&self, rows: impl IntoIterator<Item = T>) {
        let mut count = 0;
        for row in rows {
            match self.0.row_data(count) {
                None => self.0.push(row),
                Some(old) if old != row => self.0.set_row_data(count, row),
                Some(_) => {}
            }
            count += 1;
        }
        while self.0.row_count() > count {
            self.0.remove(self.0.row_count() - 1);
        }
    }
}
