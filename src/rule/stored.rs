//! A part of a stored pack that labelling seldom needs: it is packed, and read when it is first asked for.

use crate::packing::{packed, unpacked};
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::OnceLock;

/// A value, or the bytes that it is made of.
#[derive(Clone, Default)]
pub struct Stored<T> {
    bytes: Vec<u8>,
    value: OnceLock<T>,
}

impl<T: DeserializeOwned + Default> Stored<T> {
    /// Bytes that are not understood stand for nothing: the tests read all that is shipped.
    fn read(bytes: &[u8]) -> T {
        unpacked(bytes).ok().and_then(|plain| postcard::from_bytes(&plain).ok()).unwrap_or_default()
    }
}

impl<T: DeserializeOwned + Default> Deref for Stored<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.get_or_init(|| Stored::read(&self.bytes))
    }
}

impl<T> From<T> for Stored<T> {
    fn from(value: T) -> Self {
        Stored { bytes: Vec::new(), value: OnceLock::from(value) }
    }
}

impl<T: fmt::Debug + DeserializeOwned + Default> fmt::Debug for Stored<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Serialize + DeserializeOwned + Default> Serialize for Stored<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let plain = postcard::to_allocvec(&**self).map_err(S::Error::custom)?;
        serializer.serialize_bytes(&packed(&plain).map_err(S::Error::custom)?)
    }
}

impl<'de, T> Deserialize<'de> for Stored<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(Bytes(PhantomData))
    }
}

struct Bytes<T>(PhantomData<T>);

impl<T> Visitor<'_> for Bytes<T> {
    type Value = Stored<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        Ok(Stored { bytes: bytes.to_owned(), value: OnceLock::new() })
    }
}
